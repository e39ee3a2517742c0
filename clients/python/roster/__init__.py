"""What a Python client of Roster needs beside the messages and stubs of `roster.v1`."""

from importlib.resources import files

SERVICE_CONFIG = files(__name__).joinpath("service-config.json").read_text(encoding="utf-8")
"""The service config that clients should use: the retry policy and client-side load balancing. Give it to the channel
as the option `grpc.service_config`."""
