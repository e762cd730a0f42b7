// Package format writes numbers, spans and dates for people: the specifiers of d3-format and
// the conversions of POSIX strftime, which story authors know.
package format
