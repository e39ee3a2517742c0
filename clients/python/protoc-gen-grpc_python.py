"""grpcio-tools' generator of gRPC stubs as a protoc plugin, the form in which buf takes it."""

import sys
import tempfile
from pathlib import Path

from google.protobuf.compiler import plugin_pb2
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from grpc_tools import protoc

request = plugin_pb2.CodeGeneratorRequest.FromString(sys.stdin.buffer.read())
response = plugin_pb2.CodeGeneratorResponse(
    supported_features=plugin_pb2.CodeGeneratorResponse.FEATURE_PROTO3_OPTIONAL
)
with tempfile.TemporaryDirectory() as folder:
    out = Path(folder, "out")
    out.mkdir()
    descriptors = Path(folder, "descriptors.binpb")
    descriptors.write_bytes(FileDescriptorSet(file=request.proto_file).SerializeToString())
    code = protoc.main(
        ["protoc", f"--descriptor_set_in={descriptors}", f"--grpc_python_out={out}", *request.file_to_generate]
    )
    if code != 0:
        sys.exit(code)
    # A file without a service has no stubs; a module that only says so helps nobody.
    services = {file.name.removesuffix(".proto") for file in request.proto_file if file.service}
    for path in sorted(out.rglob("*_pb2_grpc.py")):
        name = path.relative_to(out).as_posix()
        if name.removesuffix("_pb2_grpc.py") in services:
            response.file.add(name=name, content=path.read_text(encoding="utf-8"))
sys.stdout.buffer.write(response.SerializeToString())
