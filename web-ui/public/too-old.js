// Runs in any browser since 2010, so it is written as one wrote then, and it brings its own words. The app sets
// window.schoolhouseStarted as soon as its own script runs; when that has not happened two seconds
// after everything arrived, this browser cannot read the app, and we say so instead of showing nothing.
(function () {
  var words = [
    ["en", "ltr", "This browser is too old for Schoolhouse.", "Please use another tablet, or ask the teacher."],
    ["es", "ltr", "Este navegador es demasiado antiguo para Schoolhouse.", "Usa otra tableta o pregunta a tu docente."],
    ["fr", "ltr", "Ce navigateur est trop ancien pour Schoolhouse.", "Prends une autre tablette ou demande à l’enseignant."],
    ["ar", "rtl", "هذا المتصفح قديم جدًا.", "استعمل جهازًا لوحيًا آخر أو اسأل المعلّم."]
  ];
  var unreachable = [
    ["en", "ltr", "The school’s box did not answer.", "Check the Wi-Fi, then touch here to try again."],
    ["es", "ltr", "La caja de la escuela no responde.", "Revisa el wifi y toca aquí para probar otra vez."],
    ["fr", "ltr", "La boîte de l’école ne répond pas.", "Vérifie le Wi-Fi, puis touche ici pour réessayer."],
    ["ar", "rtl", "صندوق المدرسة لا يجيب.", "تحقّق من الشبكة اللاسلكية ثم المس هنا للمحاولة مرة أخرى."]
  ];
  var failed = false;

  function show(texts, again) {
    var page = document.createElement("div");
    page.style.cssText = "max-width:30em;margin:10% auto;padding:1em;font:18px/1.5 sans-serif;color:#2e4057";
    for (var i = 0; i < texts.length; i++) {
      var part = document.createElement("p");
      part.lang = texts[i][0];
      part.dir = texts[i][1];
      var strong = document.createElement("strong");
      strong.appendChild(document.createTextNode(texts[i][2]));
      part.appendChild(strong);
      part.appendChild(document.createElement("br"));
      part.appendChild(document.createTextNode(texts[i][3]));
      page.appendChild(part);
    }
    if (again) {
      page.onclick = function () {
        location.reload();
      };
    }
    document.body.appendChild(page);
  }

  // For the app itself, when its texts did not arrive.
  window.schoolhouseUnreachable = function () {
    show(unreachable, true);
  };

  // A script that did not arrive is a matter of the Wi-Fi, not of the browser.
  window.addEventListener(
    "error",
    function (event) {
      if (event.target && event.target.tagName === "SCRIPT") failed = true;
    },
    true
  );
  window.addEventListener("load", function () {
    setTimeout(function () {
      if (!window.schoolhouseStarted) show(failed ? unreachable : words, failed);
    }, 2000);
  });
})();
