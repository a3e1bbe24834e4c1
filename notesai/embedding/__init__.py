"""From text to vectors: the embedder protocol, the light ONNX runtime, the bundled model."""

import os

# onnxruntime 1.32 sends reports to its maker unless this is set before it is loaded, and keeps an
# identifier and what it has not sent yet in the person's cache. Switched off after loading, as its
# interface offers, some are made all the same. This module comes before each that loads it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
