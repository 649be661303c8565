"""`python -m web`: build the site into a folder, by default site/."""

import argparse

from web.building import HERE, build

parser = argparse.ArgumentParser(prog="python -m web", description=__doc__)
parser.add_argument("folder", nargs="?", default="site")
parser.add_argument("--notebooks", default="notebooks", help="the folder of pages, for an edition in another language")
languages = sorted(path.stem for path in (HERE / "words").glob("*.toml"))
parser.add_argument("--language", default="en", choices=languages, help="which of web/words/ has the site's own words")
parser.add_argument("--repository", default="", help="owner/name on GitHub, for links into Colab and Binder")
parser.add_argument("--address", default="", help="where the site will stand, as https://example.org/dropout/")
known = parser.parse_args()
try:
    made = build(**vars(known))
except FileExistsError as error:
    parser.error(str(error))
print(f"{len(made)} pages and index.html in {known.folder}")
