// Package footage decodes video files by ffmpeg, frame by frame, for whatever shows moving
// pictures in a scene: which frame is seen at a time follows from the file's own timestamps, so
// that any time gives the same picture, whatever was asked before.
package footage
