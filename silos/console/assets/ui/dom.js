// A little help with the DOM. Texts are always text nodes, so that nothing that a device or a person wrote can become markup.

/** An element: h('button', { class: 'primary', onclick: go }, 'text', child). */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value == null || value === false) {
      continue;
    }

    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (name === 'value') {
      element.value = value;
    } else {
      element.setAttribute(name, value === true ? '' : value);
    }
  }

  element.append(...children.flat(Infinity).filter(child => child != null && child !== false));
  return element;
}

/** Replaces what is in an element, keeping the scroll position and the focus when the focused element has an id. */
export function fill(element, ...children) {
  const focused = element.contains(document.activeElement) ? document.activeElement.id : '';
  element.replaceChildren(...children.flat(Infinity).filter(child => child != null && child !== false));
  if (focused !== '') {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
}
