// Package near answers what lies around a place of a block's plan: in which areas it is,
// how far it is from lines that have a width, and which way those run. Trees, furniture
// and fences ask it where they may stand and where they look. It sees no more than the
// block and Reach around it, whatever the size of the features, so that its answers
// within the block's square do not depend on how blocks are cut.
//
// Positions and distances are metres of the plan, directions unit vectors. An Index is
// filled first; asking it is safe for concurrent use.
package near
