// Package barrier builds what stands or hangs along lines: hedges, fences, walls, rails;
// power and telephone lines and aerialways, their wires sagging between supports. Lines
// are cut into panels and spans by their own length, so that each block builds those
// whose middle lies in its square and all fit together whatever the cut.
//
// Plan positions are metres of the block's frame, heights metres above the ellipsoid. A Maker
// is safe for concurrent use.
package barrier
