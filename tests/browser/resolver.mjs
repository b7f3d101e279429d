// Asks the network for names and services with a resolver that is not ours (npm's multicast-dns), and prints what it hears.
// usage: node resolver.mjs SECONDS NAME:TYPE ...
import makeResolver from "multicast-dns";

const [seconds, ...asked] = process.argv.slice(2);
const questions = asked.map((one) => {
  const [name, type] = one.split(":");
  return { name, type };
});
const heard = [];
const ours = process.env["INTERFACE"];
// Bound to one address, Linux would hand it no multicast.
const resolver = makeResolver({ loopback: true, bind: "0.0.0.0", ...(ours ? { interface: ours } : {}) });
resolver.on("response", (packet) => {
  for (const { name, type, ttl, data } of [...packet.answers, ...packet.additionals]) {
    const text = type === "TXT" ? data.map(String) : data;
    heard.push({ name, type, ttl, data: text });
  }
});
const ask = () => resolver.query({ questions });
ask();
const again = setInterval(ask, 1_000);
setTimeout(() => {
  clearInterval(again);
  resolver.destroy();
  process.stdout.write(JSON.stringify(heard));
}, Number(seconds) * 1_000);
