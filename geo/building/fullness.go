package building

import (
	"github.com/longtake/longtake/geo/building/roof"
)

// fullness is the mean height of a roof over a square, as a share of its height.
var fullness = map[roof.Shape]float64{
	roof.Gabled: 0.5, roof.HalfHipped: 0.48, roof.SideHipped: 0.46, roof.SideHalfHipped: 0.49, roof.Hipped: 0.42, roof.Pyramidal: 0.33,
	roof.Skillion: 0.5, roof.Dome: 0.6, roof.HalfDome: 0.6, roof.Onion: 0.4, roof.Cone: 0.33, roof.Round: 0.75, roof.RoundRow: 0.75,
	roof.Gambrel: 0.65, roof.Mansard: 0.6, roof.Saltbox: 0.6, roof.DoubleSaltbox: 0.7, roof.QuadrupleSaltbox: 0.6, roof.Sawtooth: 0.5,
	roof.GabledRow: 0.5, roof.CrossGabled: 0.6, roof.Butterfly: 0.5, roof.Chimney: 0.7,
}
