// Package stream takes frames out: into a video file or a live HLS stream. It takes
// bytes (NV12, BT.709 limited range) and a record of the camera, and knows nothing of
// how they were made.
//
// ffmpeg runs as a supervised subprocess; frames reach it through a pipe.
package stream
