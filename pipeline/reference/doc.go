// Package reference says what is true of a picture: a ray tracer in float64 over the same
// drawables and the same camera as the renderer, on the CPU, seeded, without GL.
//
// A Scene holds the opaque meshes and instances of a frame in the eye frame (metres, axes
// east, north and up of the eye's place) below two levels of bounding volumes. From it
// come the first layer that a camera sees (Layer), ambient occlusion (Layer.Occlusion),
// mirror rays (Layer.Mirror), the sun's shadow (Layer.Sunlit) and whole pictures with
// light that bounces (Tracer). Lines, points, glyphs and blended meshes are not part of it.
//
// What shaders draw into surfaces, such as windows, is not geometry: where a comparison
// needs it, the caller gives what the renderer's G-buffer holds.
package reference
