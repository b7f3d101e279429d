import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

/** The box holds these only packed and sends them so: it never spends its processor on packing them, nor its disk on both. */
const PACKED = /\.(js|css|html|json|svg)$/;

/** pdf.js 2.16 is the last whose older build runs in Chrome 70. The page public/reader/pdf.html loads it, not the app. */
function documentReader(): Plugin {
  let folder = "dist";
  return {
    name: "document-reader",
    apply: "build",
    configResolved(config) {
      folder = join(config.root, config.build.outDir, "reader", "pdfjs");
    },
    writeBundle() {
      mkdirSync(folder, { recursive: true });
      const built = new URL("node_modules/pdfjs-dist/legacy/build/", import.meta.url);
      // Only packed: together they are as large as the rest of the program's screens four times over.
      for (const [from, to] of [["pdf.min.js", "pdf.js"], ["pdf.worker.min.js", "pdf.worker.js"]] as const) {
        writeFileSync(join(folder, `${to}.gz`), gzipSync(readFileSync(new URL(from, built)), { level: 9 }));
      }
    },
  };
}

function packed(): Plugin {
  let folder = "dist";
  return {
    name: "packed",
    apply: "build",
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    writeBundle() {
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !PACKED.test(entry.name)) continue;
        const path = join(entry.parentPath, entry.name);
        writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
        rmSync(path);
      }
      // What the box answers when it is asked for its API.
      const described = readFileSync(new URL("../docs/openapi.json", import.meta.url));
      writeFileSync(join(folder, "openapi.json.gz"), gzipSync(described, { level: 9 }));
    },
  };
}

const box = process.env["SCHOOLHOUSE_BOX"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    // The oldest browser that a school's tablet is likely to have and that cannot be updated.
    target: "chrome70",
    cssTarget: "chrome70",
    modulePreload: { polyfill: false },
    // A catalogue or a picture must stay a file of its own, with its own name in the cache.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: {
    // The box checks that Origin is its own; the proxy therefore speaks in the box's name.
    proxy: {
      "/api": {
        target: box,
        changeOrigin: true,
        headers: { origin: box },
      },
    },
  },
  plugins: [documentReader(), packed()],
});
