"""`python -m web`: build the site into a folder, by default site/."""

import argparse

from web.building import build

parser = argparse.ArgumentParser(prog="python -m web", description=__doc__)
parser.add_argument("folder", nargs="?", default="site")
parser.add_argument("--notebooks", default="notebooks", help="the folder of pages, for an edition in another language")
parser.add_argument("--language", default="en", help="which file of web/words/ has the site's own words")
parser.add_argument("--repository", default="", help="owner/name on GitHub, for links into Colab and Binder")
parser.add_argument("--address", default="", help="where the site will stand, as https://example.org/dropout/")
known = parser.parse_args()
made = build(**vars(known))
print(f"{len(made)} pages and index.html in {known.folder}")
