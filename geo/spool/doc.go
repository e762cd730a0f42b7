// Package spool keeps what generation works on out of memory: features and built content
// in a compact binary form, written once in order and read back at random, and fixed
// records sorted by merging runs on disk (Knuth, The Art of Computer Programming vol. 3,
// 5.4). What is small stays in memory.
//
// The forms are private to one version of longtake: they are scratch and cache, never an
// exchange format. Numbers are little-endian, counts are varints; decoders check every
// length against the bytes that are there.
package spool
