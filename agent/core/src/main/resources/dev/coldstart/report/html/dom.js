// Elements. Whatever comes from the report becomes text, never markup.

// el("p", {class: "soft"}, "text", node, ...); null children are left out.
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) {
      node.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined) {
      node.append(child instanceof Node ? child : String(child));
    }
  }
  return node;
}

// A section with a heading; nothing at all when it has no content.
function section(title, intro, ...content) {
  const shown = content.flat(Infinity).filter(c => c !== null && c !== undefined);
  if (shown.length === 0) {
    return null;
  }
  const heading = el("h2", {}, title);
  const node = el("section", {}, heading, intro ? el("p", {class: "soft"}, intro) : null, shown);
  heading.id = "s-" + title.toLowerCase().replace(/[^a-z]+/g, "-");
  node.setAttribute("aria-labelledby", heading.id);
  return node;
}

// columns: [title, class]; rows and foot: arrays of cells, text or nodes; the first cell is the head.
function table(caption, columns, rows, foot) {
  const cells = (row, head) => row.map((cell, i) => {
    const type = columns[i][1] || null;
    const scope = i === 0 && head ? "row" : null;
    return el(scope ? "th" : "td", {class: type, scope}, cell);
  });
  const titles = columns.map(c => el(c[0] ? "th" : "td", {scope: c[0] ? "col" : null, class: c[1] || null}, c[0]));
  const node = el("table", {},
      el("caption", {}, caption),
      el("thead", {}, el("tr", {}, titles)),
      el("tbody", {}, rows.map(row => el("tr", {}, cells(row, true)))),
      foot ? el("tfoot", {}, el("tr", {}, cells(foot, true))) : null);
  return el("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": caption}, node);
}

// A two-column table of facts.
function pairs(caption, rows) {
  const node = table(caption, [["what", ""], ["value", ""]], rows);
  node.querySelector("table").classList.add("pairs");
  node.querySelector("thead").classList.add("unseen");
  return node;
}

function button(text, description, action) {
  return el("button", {type: "button", title: description, onclick: action}, text);
}
