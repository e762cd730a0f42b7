// Package metric measures how far two pictures are apart: FLIP as people see it, PSNR as
// engineers count, and the plain statistics of errors.
//
// Pictures are rows from the top of linear RGB for a display whose white is 1.
package metric
