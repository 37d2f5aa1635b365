// Before the first paint: where nobody chose, follow the system's light or dark.
{
  const { dataset } = document.documentElement;
  if ("themeAuto" in dataset && matchMedia("(prefers-color-scheme: dark)").matches) {
    dataset.bsTheme = "dark";
  }
}
