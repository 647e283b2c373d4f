// What must be so on every page. Each check gives the list of what is wrong, in words.
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const name = (e) => `<${e.tagName.toLowerCase()}> ${(e.innerText || e.name || e.className || "").trim().slice(0, 40)}`;
  const ours = (e) => e.origin === location.origin && !e.getAttribute("href").startsWith("#");
  const goesBack = (e) => e.matches(".to-now, .past-form a, .act a, .who-exit a");

  const shape = () => {
    const titles = all("h1");
    const wrong = [];
    if (titles.length !== 1) wrong.push(`${titles.length} headings of the first level`);
    else if (!document.title.includes(titles[0].innerText)) wrong.push(`the title ${document.title} does not hold the heading`);
    return wrong;
  };

  const width = () => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide <= 0) return [];
    const beyond = (e) => e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1;
    return [`${wide} pixels too wide: ${all("main *, header *, footer *").filter(beyond).slice(0, 3).map(name)}`];
  };

  // The look of the focus is a matter of what something is and where: a few of each are looked at.
  const few = (elements) => {
    const seen = {};
    return elements.filter((e) => {
      const kind = `${e.tagName} ${e.className} in ${e.parentElement.tagName} ${e.parentElement.className}`;
      seen[kind] = (seen[kind] || 0) + 1;
      return seen[kind] <= 3;
    });
  };

  // A link that is off the page until it has the focus is on it then.
  const focus = () => {
    const reached = all("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']");
    const lacks = (e) => {
      e.focus({ focusVisible: true });
      const { outlineStyle, outlineWidth } = getComputedStyle(e);
      const { width, height, left } = e.getBoundingClientRect();
      return outlineStyle === "none" || parseFloat(outlineWidth) < 2 || width < 2 || height < 2 || left < 0;
    };
    const without = few(reached).filter((e) => e.checkVisibility({ visibilityProperty: true })).filter(lacks);
    document.activeElement.blur();
    return without.slice(0, 3).map((e) => `focus is not seen on ${name(e)}`);
  };

  const past = () => {
    const wrong = all("form[method=post]").map((e) => `${name(e)} changes something in the past`);
    if (!all(".past-word").length) wrong.push("a past page does not say so");
    const forgets = (e) => ours(e) && !goesBack(e) && !new URL(e.href).searchParams.has("as_of");
    const leaves = all("a[href]").filter(forgets).concat(all("form[method=get]").filter((e) => !e.elements.as_of));
    return wrong.concat(leaves.map((e) => `${name(e)} leaves the past`));
  };

  const links = () => all("a[href]").filter(ours).map((e) => e.pathname + e.search);
  const acts = () => all("form").map((e) => new URL(e.action).pathname);

  return { shape, width, focus, past, links, acts };
})()
