"""The course as a website: `python -m web` makes a folder of static files from the stored notebooks."""
