// Package sheet holds what layer types that cover ground share: areas as meshes, flat on the
// ground or raised as prisms, and fields as pictures and reliefs.
package sheet
