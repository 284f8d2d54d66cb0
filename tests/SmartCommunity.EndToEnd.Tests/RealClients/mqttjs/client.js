// Does what one line of JSON on the command line says, and tells what happened in lines of JSON. The same contract as paho/client.py:
// {"transport":"tcp"|"tls"|"ws","host","port","version":4|5,"clientId","user","password","ca","subscribe":[{"topic","qos"}],"publish":[{"topic","payload","qos","retain"}],"expect":n}
// connected / {"refused":code} / {"subscribed":[granted]} / {"acknowledged":n} / {"message":{"topic","payload","qos","retain"}}
import { readFileSync } from 'node:fs';
import { connectAsync } from 'mqtt';

const job = JSON.parse(process.argv[2]);
const say = (line) => console.log(JSON.stringify(line));
const url = { tcp: 'mqtt://', tls: 'mqtts://', ws: 'ws://' }[job.transport] + `${job.host}:${job.port}` + (job.transport === 'ws' ? '/mqtt' : '');
const options = {
  protocolVersion: job.version,
  clientId: job.clientId,
  username: job.user,
  password: job.password,
  ca: job.ca ? readFileSync(job.ca) : undefined,
  reconnectPeriod: 0,
  connectTimeout: 30_000,
};

let client;
try {
  client = await connectAsync(url, options, false);
} catch (error) {
  say({ refused: error.code, text: error.message });
  process.exit(1);
}

say({ connected: true });
let expected = job.expect ?? 0;
let early = [];
const all = new Promise((resolve) => {
  if (expected === 0) resolve();
  client.on('message', (topic, payload, packet) => {
    const line = { message: { topic, payload: payload.toString(), qos: packet.qos, retain: packet.retain } };
    if (early) early.push(line);
    else say(line);
    if (--expected === 0) resolve();
  });
});

if (job.subscribe?.length) {
  const granted = await client.subscribeAsync(Object.fromEntries(job.subscribe.map(({ topic, qos }) => [topic, { qos }])));
  say({ subscribed: granted.map(({ qos }) => qos) });
}

// What is retained may be told before the promise of the subscription is.
early.forEach(say);
early = null;

for (const { topic, payload, qos, retain } of job.publish ?? []) await client.publishAsync(topic, payload, { qos, retain });
if (job.publish?.length) say({ acknowledged: job.publish.length });
await all;
await client.endAsync();
