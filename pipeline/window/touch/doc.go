// Package touch reads a touch screen of Linux: which fingers are where, frame by frame, from the
// kernel's event interface (Linux, Documentation/input/multi-touch-protocol.rst, protocol B, and
// devices that know one finger only). GLFW hands over no touches, and X11 but one finger as a mouse.
package touch
