// Before anything is painted: the theme that was chosen on another page, if storage can be read.
try {
  const chosen = localStorage.getItem("dropout-theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch { /* a page opened from a folder may have no storage: then the system's theme stays */ }
document.documentElement.classList.add("moves");
