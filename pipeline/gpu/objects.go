package gpu

import "github.com/go-gl/gl/v4.5-core/gl"

// Objects counts the objects that the current context holds, by kind: what is left when all
// has been released was forgotten. It asks for the first names, as drivers give them out.
func Objects() map[string]int {
	out := map[string]int{}
	for kind, is := range map[string]func(uint32) bool{
		"texture": gl.IsTexture, "buffer": gl.IsBuffer, "framebuffer": gl.IsFramebuffer, "program": gl.IsProgram,
		"shader": gl.IsShader, "vertex array": gl.IsVertexArray, "query": gl.IsQuery,
	} {
		for name := range uint32(1 << 14) {
			if is(name) {
				out[kind]++
			}
		}
	}
	return out
}
