// Package scene is the document: sources, layers, story, camera state, environment and
// output. It loads and validates YAML and JSON, resolves inheritance and defaults, and
// evaluates the story as a pure function of rational time.
package scene
