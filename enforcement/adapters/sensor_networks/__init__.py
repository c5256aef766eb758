"""Sensor networks: bytes from outside become readings, or a refusal that says what is wrong.

`batch` reads our own format; `things_stack` and `chirpstack` read the webhooks of the two common
LoRaWAN network servers into an `Uplink`, which `decoders` turns into a `Reading` by device model.
Nothing here knows the database or the web.
"""
