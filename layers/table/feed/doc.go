// Package feed reads files and addresses of the web again and again, and tells when what they
// hold has changed.
package feed
