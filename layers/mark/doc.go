// Package mark holds what layer types that stand at places share: where their marks stand,
// the meshes that are copied there, and the patterns that move over them.
package mark
