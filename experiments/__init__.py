"""Results that take too long for a page: made by a command, stored with the library, made again in part by a test."""
