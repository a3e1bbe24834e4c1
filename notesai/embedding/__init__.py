"""From text to vectors: the embedder protocol, the light ONNX runtime, the bundled model."""
