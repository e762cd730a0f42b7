//go:build linux

package surface

import (
	"strings"

	"github.com/go-gl/gl/v4.5-core/gl"
)

// ReadInfo describes the current context.
func ReadInfo() Info {
	i := Info{
		Vendor:   gl.GoStr(gl.GetString(gl.VENDOR)),
		Renderer: gl.GoStr(gl.GetString(gl.RENDERER)),
		Version:  gl.GoStr(gl.GetString(gl.VERSION)),
	}
	name := strings.ToLower(i.Renderer)
	for _, s := range []string{"llvmpipe", "softpipe", "swrast", "software", "swiftshader"} {
		i.Software = i.Software || strings.Contains(name, s)
	}
	return i
}

// ReadLost asks the driver whether the current context was lost. It waits for nothing.
func ReadLost() bool { return gl.GetGraphicsResetStatus() != gl.NO_ERROR }
