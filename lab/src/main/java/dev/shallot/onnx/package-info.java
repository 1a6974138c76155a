/** Models as ONNX files, see {@link dev.shallot.onnx.OnnxExport}: any ONNX runtime predicts. */
package dev.shallot.onnx;
