"""Does what one line of JSON on the command line says, and tells what happened in lines of JSON: the contract of mqttjs/client.js."""
import json
import sys
import threading

import paho.mqtt.client as mqtt
from paho.mqtt.properties import Properties  # noqa: F401  (says that this is a version which speaks MQTT 5)

PATIENCE = 60
job = json.loads(sys.argv[1])
lock = threading.Lock()
connected, subscribed, complete = threading.Event(), threading.Event(), threading.Event()
expected = job.get("expect", 0)


def say(line):
    with lock:
        print(json.dumps(line), flush=True)


def code(reason):
    return getattr(reason, "value", reason)


def on_connect(client, userdata, flags, reason, properties=None):
    if code(reason) != 0:
        say({"refused": code(reason), "text": str(reason) if hasattr(reason, "value") else mqtt.connack_string(reason)})
        sys.stdout.flush()
        client.disconnect()
        complete.refused = True
    connected.set()


def on_subscribe(client, userdata, mid, granted, properties=None):
    say({"subscribed": [code(qos) for qos in granted]})
    subscribed.set()


def on_message(client, userdata, message):
    global expected
    say({"message": {"topic": message.topic, "payload": message.payload.decode(), "qos": message.qos, "retain": bool(message.retain)}})
    expected -= 1
    if expected == 0:
        complete.set()


def wait(event, what):
    if not event.wait(PATIENCE):
        sys.exit(f"not within {PATIENCE} s: {what}")


client = mqtt.Client(
    client_id=job["clientId"],
    protocol=mqtt.MQTTv5 if job["version"] == 5 else mqtt.MQTTv311,
    transport="websockets" if job["transport"] == "ws" else "tcp",
)
client.on_connect, client.on_subscribe, client.on_message = on_connect, on_subscribe, on_message
client.username_pw_set(job["user"], job["password"])
if job["transport"] == "ws":
    client.ws_set_options(path="/mqtt")
if job.get("ca"):
    client.tls_set(job["ca"])

complete.refused = False
client.connect(job["host"], job["port"])
client.loop_start()
wait(connected, "CONNACK")
if complete.refused:
    client.loop_stop()
    sys.exit(1)

say({"connected": True})
if job.get("subscribe"):
    client.subscribe([(item["topic"], item["qos"]) for item in job["subscribe"]])
    wait(subscribed, "SUBACK")

for item in job.get("publish", []):
    client.publish(item["topic"], item["payload"], item["qos"], item["retain"]).wait_for_publish(PATIENCE)
if job.get("publish"):
    say({"acknowledged": len(job["publish"])})

if expected:
    wait(complete, "all messages")
client.disconnect()
client.loop_stop()
