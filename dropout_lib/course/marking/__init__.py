"""Submitted pages, marked: what a folder holds, what each answer needs, where it runs, and what came out."""
