// Runs in every measured page before its own scripts. The same watch for all apps: from the
// release of the real mouse button until the document is right, looked at after every change of
// the document and at every frame (a chart drawn with WebGL changes no element).
(() => {
  const digits = (text) => Number(text.replace(/\D/g, ""));
  const first = (value) => (Array.isArray(value) ? value[0] : value);
  const axis = (layout, name) => layout[name[0] + "axis" + name.slice(1)];

  function chart(app) {
    const holder = document.querySelector(app.chart);
    if (!holder) return null;
    return holder.matches(".js-plotly-plot") ? holder : holder.querySelector(".js-plotly-plot");
  }

  // What a reader sees: id and opacity of each mark, from the drawn elements themselves.
  function drawn(app) {
    const plot = chart(app);
    const marks = [];
    if (!plot) return marks;
    for (const trace of plot.querySelectorAll(".scatterlayer .trace")) {
      const whole = trace.style.opacity === "" ? 1 : Number(trace.style.opacity);
      for (const point of trace.querySelectorAll("path.point")) {
        const id = first(point.__data__.data);
        const own = point.style.opacity === "" ? 1 : Number(point.style.opacity);
        if (id !== undefined) marks.push([String(id), whole * own]);
      }
    }
    for (const trace of plot._fullData || []) {
      if (trace.type !== "scattergl" || trace.visible !== true || !trace.customdata) continue;
      const chosen = trace.selectedpoints && new Set(trace.selectedpoints);
      const faint = trace.unselected?.marker?.opacity ?? 0.2;
      trace.customdata.forEach((custom, place) => {
        const opacity = trace.marker.opacity;
        let seen = opacity?.length === undefined ? (opacity ?? 1) : opacity[place];
        if (chosen && !chosen.has(place)) seen *= faint;
        marks.push([String(first(custom)), seen * (trace.opacity ?? 1)]);
      });
    }
    return marks;
  }

  // Every "n of m passages" in the document, whatever elements it is made of.
  function counted() {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const counts = [];
    while (texts.nextNode()) {
      if (!texts.currentNode.data.includes("passages")) continue;
      if (/^(SCRIPT|STYLE|NOSCRIPT)$/.test(texts.currentNode.parentNode.nodeName)) continue;
      for (let at = texts.currentNode, up = 0; at && up < 3; at = at.parentNode, up += 1) {
        const found = at.textContent.match(/(\d[\d,.\s]*) of (\d[\d,.\s]*) passages/);
        if (found) {
          counts.push([digits(found[1]), digits(found[2])]);
          break;
        }
      }
    }
    return counts;
  }

  // Returns "" when everything wanted is there, else what is still wrong.
  function wrong(app, want) {
    if (!document.body) return "no body";
    if (want.text && !document.body.textContent.includes(want.text)) return "text";
    if (want.count) {
      const counts = counted().filter((found) => found[1] === want.count[1]);
      if (!counts.length) return "no count";
      if (counts.some((found) => found[0] !== want.count[0])) return `count ${counts[0][0]}`;
    }
    if (want.quote || want.any_quote) {
      const quote = document.querySelector(app.quote);
      if (!quote) return "no quote";
      const id = quote.dataset.passage;
      if (want.quote && id !== want.quote) return `quote ${id}`;
      if (want.quotes && quote.textContent !== want.quotes[id]) return `text of quote ${id}`;
      if (want.any_quote && !quote.getClientRects().length) return "quote not visible";
    }
    if (want.listed && app.listed) {
      const listed = [...document.querySelectorAll(app.listed)]
        .map((item) => item.dataset.listed ?? item.textContent.trim())
        .filter((id) => /^p\d+$/.test(id));
      if (listed.join() !== want.listed.join()) return `list of ${listed.length}`;
    }
    if (want.lit) {
      // A search is answered once its words are lit in the first passage and the count is ranked.
      if (!/best first/.test(document.querySelector(".count-line")?.textContent)) return "count";
      const lit = document.querySelector(".reading-card mark")?.textContent.toLowerCase();
      if (!lit?.startsWith(want.lit)) return `lit ${lit}`;
    }
    if (want.any_mark && !drawn(app).length) return "no marks";
    if (want.bright) {
      const bright = (want.set ??= new Set(want.bright));
      const marks = drawn(app);
      if (want.marks !== undefined && new Set(marks.map((mark) => mark[0])).size !== want.marks)
        return `${marks.length} marks`;
      for (const [id, opacity] of marks)
        if (opacity >= 0.99 !== bright.has(id)) return `mark ${id} at ${opacity}`;
    }
    return "";
  }

  // Resolves with the milliseconds from `start` until what is right has been painted: a message
  // sent from a frame's callback arrives after that frame. What looking cost is taken off.
  function until(app, want, start) {
    return new Promise((resolve, reject) => {
      let done = false;
      let looking = 0;
      const { port1: painted, port2: frame_over } = new MessageChannel();
      painted.onmessage = () => resolve(performance.now() - start - looking);
      const look = () => {
        if (done) return;
        const now = performance.now();
        const missing = wrong(app, want);
        if (missing && now - start < want.patience) return;
        done = true;
        changes.disconnect();
        looking = performance.now() - now;
        if (missing) reject(new Error(`not right after ${want.patience} ms: ${missing}`));
        else requestAnimationFrame(() => frame_over.postMessage(""));
      };
      const frame = () => {
        look();
        if (!done) requestAnimationFrame(frame);
      };
      const changes = new MutationObserver(look);
      changes.observe(document, {
        subtree: true, childList: true, attributes: true, characterData: true,
      });
      requestAnimationFrame(frame);
    });
  }

  window.speed = {
    drawn,
    wrong,
    // From now on a release of the mouse, or a key, starts the clock; `speed.result` is its time.
    arm(app, want, started = "pointerup") {
      if (!wrong(app, want)) throw new Error("already right before the click");
      this.result = new Promise((resolve, reject) => {
        window.addEventListener(
          started,
          (event) => until(app, want, event.timeStamp).then(resolve, reject),
          { capture: true, once: true },
        );
      });
      this.result.catch(() => {});
    },
    // The clock of a navigation starts at its own beginning.
    load(app, want) {
      this.result = until(app, want, 0);
      this.result.catch(() => {});
    },
    // Where to click for a mark: its pixel by the axes of its trace.
    place(app, id) {
      const plot = chart(app);
      plot.scrollIntoView({ block: "center" });
      const box = plot.getBoundingClientRect();
      for (const trace of plot._fullData) {
        if (trace.visible !== true || !trace.customdata) continue;
        const at = Array.from(trace.customdata, (custom) => String(first(custom))).indexOf(id);
        if (at < 0) continue;
        const x = axis(plot._fullLayout, trace.xaxis);
        const y = axis(plot._fullLayout, trace.yaxis);
        return [
          box.left + x._offset + x.d2p(trace.x[at]),
          box.top + y._offset + y.d2p(trace.y[at]),
        ];
      }
      throw new Error(`no mark ${id}`);
    },
  };
})();
