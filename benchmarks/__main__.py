"""What `make bench` prints."""

from benchmarks import browser, enumeration, library, memory, training

for part in (library, enumeration, training, memory, browser):
    part.report()
