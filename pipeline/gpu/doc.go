// Package gpu is small objects over OpenGL 4.5 with direct state access: programs,
// buffers, textures, targets, timers, and the fixed state of a draw as one value.
//
// Everything needs the context to be current on the calling OS thread. Every object has
// a Release, which may be called twice and on nil. Depth is reversed everywhere: clip
// space 0..1, GREATER, cleared to 0.
package gpu
