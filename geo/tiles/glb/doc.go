// Package glb writes and reads the content of tiles and models: binary glTF 2.0 with
// EXT_mesh_features, EXT_structural_metadata, EXT_mesh_gpu_instancing,
// EXT_instance_features and, on request, KHR_mesh_quantization and
// EXT_meshopt_compression.
//
// Axes: geo's frames are x east, y north, z up; glTF is y up. A vertex (e, n, u) is
// written as (e, u, -n), which 3D Tiles turns back (3D Tiles 1.1, "glTF transforms"). Both ways only move and negate numbers, so nothing is rounded.
//
// Colours: geo's are 8-bit sRGB, glTF's vertex colours are linear. They are written as
// 16-bit normalised linear numbers, fine enough to come back as the same 8 bits.
//
// Reading is bounded: nothing that a header claims is allocated before it is seen to
// lie in the file, and a file that repeats its meshes through many nodes ends at
// MaxVertices. All functions are pure and safe for concurrent use.
package glb
