/* Draws a PDF of a pack. It stands on the packs origin, so a hostile document reaches nothing of the school; it runs no
   code from the document. The app beside it hears which page is shown, and may ask for larger or smaller words. */
(function () {
  "use strict";
  var query = new URLSearchParams(location.search);
  var file = query.get("file") || "";
  var wanted = Math.max(1, parseInt(query.get("page") || "1", 10) || 1);
  var holder = document.getElementById("pages");
  /* The largest drawing that a tablet with 1 GB of memory bears, in points. */
  var LARGEST = 4e6;
  var ZOOMS = [1, 1.25, 1.5, 2, 3];
  var zoom = 0;
  var pdf = null;
  var shown = 0;
  var pages = [];

  function tell(message) {
    parent.postMessage(message, "*");
  }

  /* Only files of packs, which lie beside this page. */
  if (!/^\/[0-9a-f]{64}\/media\//.test(file)) return tell({ schoolhouse: "failed" });
  pdfjsLib.GlobalWorkerOptions.workerSrc = "pdfjs/pdf.worker.js";

  function width() {
    return (document.documentElement.clientWidth - 16) * ZOOMS[zoom];
  }

  function size(page) {
    page.box.style.width = width() + "px";
    page.box.style.height = width() * page.ratio + "px";
  }

  function draw(page) {
    if (page.drawing || page.drawnAt === zoom) return;
    page.drawing = pdf.getPage(page.number).then(function (one) {
      var plain = one.getViewport({ scale: 1 });
      page.ratio = plain.height / plain.width;
      size(page);
      var scale = (width() / plain.width) * (window.devicePixelRatio || 1);
      var most = Math.sqrt(LARGEST / (plain.width * plain.height));
      var view = one.getViewport({ scale: Math.min(scale, most) });
      var canvas = document.createElement("canvas");
      canvas.width = view.width;
      canvas.height = view.height;
      return one.render({ canvasContext: canvas.getContext("2d"), viewport: view }).promise.then(function () {
        page.box.textContent = "";
        page.box.appendChild(canvas);
        page.drawnAt = zoom;
        one.cleanup();
      });
    });
    page.drawing = page.drawing.then(
      function () { page.drawing = null; },
      function () { page.drawing = null; }
    );
  }

  function forget(page) {
    page.box.textContent = "";
    page.drawnAt = -1;
  }

  /* Pages near the screen are drawn, the others let go of their memory. */
  function look() {
    var middle = innerHeight / 2;
    for (var i = 0; i < pages.length; i++) {
      var box = pages[i].box.getBoundingClientRect();
      if (box.bottom > -innerHeight && box.top < 2 * innerHeight) draw(pages[i]);
      else if (pages[i].drawnAt >= 0) forget(pages[i]);
      if (box.top <= middle && box.bottom >= middle && shown !== i + 1) {
        shown = i + 1;
        tell({ schoolhouse: "page", page: shown, pages: pages.length });
      }
    }
  }

  var waiting = 0;
  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(look, 80);
  }

  function resize() {
    var here = pages[shown - 1];
    pages.forEach(size);
    pages.forEach(function (page) { page.drawnAt = -1; });
    if (here) here.box.scrollIntoView();
    look();
  }

  pdfjsLib.getDocument({ url: file, isEvalSupported: false, disableAutoFetch: true, rangeChunkSize: 131072 }).promise.then(
    function (opened) {
      pdf = opened;
      return pdf.getPage(1).then(function (first) {
        var view = first.getViewport({ scale: 1 });
        for (var number = 1; number <= pdf.numPages; number++) {
          var box = document.createElement("div");
          box.className = "page";
          var page = { number: number, box: box, ratio: view.height / view.width, drawing: null, drawnAt: -1 };
          size(page);
          pages.push(page);
          holder.appendChild(box);
        }
        var start = pages[Math.min(wanted, pages.length) - 1];
        if (start && wanted > 1) start.box.scrollIntoView();
        look();
        addEventListener("scroll", soon);
        addEventListener("resize", resize);
      });
    }
  ).catch(function () { tell({ schoolhouse: "failed" }); });

  addEventListener("message", function (event) {
    if (event.source !== parent || !event.data) return;
    var next = zoom + (event.data.schoolhouse === "larger" ? 1 : event.data.schoolhouse === "smaller" ? -1 : 0);
    if (next === zoom || next < 0 || next >= ZOOMS.length) return;
    zoom = next;
    resize();
  });
})();
