package gpu

import (
	"fmt"
	"unsafe"

	"github.com/go-gl/gl/v4.5-core/gl"
)

// OnDebug sends the driver's messages of medium and high severity, and every error, to
// report, synchronously. The context must be a debug context.
func OnDebug(report func(message string, isError bool)) {
	gl.Enable(gl.DEBUG_OUTPUT)
	gl.Enable(gl.DEBUG_OUTPUT_SYNCHRONOUS)
	gl.DebugMessageCallback(func(source, kind, id, severity uint32, length int32, message string, _ unsafe.Pointer) {
		isError := kind == gl.DEBUG_TYPE_ERROR || severity == gl.DEBUG_SEVERITY_HIGH
		if isError || (severity == gl.DEBUG_SEVERITY_MEDIUM && kind != gl.DEBUG_TYPE_PERFORMANCE) {
			report(message, isError)
		}
	}, nil)
}

// Err returns the context's pending error, if any.
func Err() error {
	var first uint32
	for range 16 {
		e := gl.GetError()
		if e == gl.NO_ERROR {
			break
		}
		if first == 0 {
			first = e
		}
	}
	if first != 0 {
		return fmt.Errorf("OpenGL error %#x", first)
	}
	return nil
}

func setLabel(kind, id uint32, label string) {
	if label != "" {
		b := append([]byte(label), 0)
		gl.ObjectLabel(kind, id, int32(len(label)), &b[0])
	}
}

// Finish waits until the GPU has done everything.
func Finish() { gl.Finish() }
