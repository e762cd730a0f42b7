// What goes wrong in a page is collected in window.report, from the first line on.
const report = { done: false, tiles: 0, errors: [], warnings: [] };
{
  const text = (args) => args.map((a) => (a && a.stack) || String(a)).join(" ");
  for (const [name, list] of [["error", report.errors], ["warn", report.warnings]]) {
    const was = console[name];
    console[name] = (...args) => { list.push(text(args)); was.apply(console, args); };
  }
  // Captured, as what a script or a picture lacks does not bubble up to the window.
  window.addEventListener("error", (e) => report.errors.push(e.message || `cannot load ${e.target.src || e.target.href}`), true);
  window.addEventListener("unhandledrejection", (e) => report.errors.push(text([e.reason])));
}
const fail = (what) => report.errors.push(String((what && what.message) || what));
