"""What `make bench` prints."""

from benchmarks import browser, library, memory

for part in (library, memory, browser):
    part.report()
