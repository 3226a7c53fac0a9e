package upload

import (
	"bytes"
	"encoding/binary"
)

// segments is what stands before and between the scans of a JPEG.
type segments struct {
	exif        []byte
	progressive bool
	scans       int
}

// The markers of a JPEG that matter here.
const (
	markerSOF2 = 0xc2 // progressive
	markerSOS  = 0xda // a scan begins
	markerEOI  = 0xd9
	markerAPP1 = 0xe1
)

// readSegments walks the markers of a JPEG. A scan has no length: the next
// marker ends it.
func readSegments(b []byte) (s segments) {
	for at := 2; at+4 <= len(b); {
		if b[at] != 0xff || b[at+1] == 0xff || b[at+1] < 0xc0 || isRestart(b[at+1]) {
			at++
			continue
		}
		marker, length := b[at+1], int(binary.BigEndian.Uint16(b[at+2:]))
		end := at + 2 + length
		if marker == markerEOI || end > len(b) {
			return s
		}
		s.note(marker, b[at+4:max(end, at+4)])
		at = max(end, at+2)
	}
	return s
}

func isRestart(marker byte) bool { return marker >= 0xd0 && marker <= 0xd8 }

func (s *segments) note(marker byte, body []byte) {
	switch marker {
	case markerSOF2:
		s.progressive = true
	case markerSOS:
		s.scans++
	case markerAPP1:
		if rest, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00")); ok && s.exif == nil {
			s.exif = rest
		}
	}
}

// pngExif is the content of a PNG's eXIf chunk.
func pngExif(b []byte) []byte {
	for at := 8; at+12 <= len(b); {
		end := at + 8 + int(binary.BigEndian.Uint32(b[at:]))
		if end > len(b) {
			return nil
		}
		if string(b[at+4:at+8]) == "eXIf" {
			return b[at+8 : end]
		}
		at = end + 4
	}
	return nil
}

// webpExif is the content of a WebP's EXIF chunk.
func webpExif(b []byte) []byte {
	for at := 12; at+8 <= len(b); {
		size := int(binary.LittleEndian.Uint32(b[at+4:]))
		end := at + 8 + size
		if end > len(b) {
			return nil
		}
		if string(b[at:at+4]) == "EXIF" {
			return bytes.TrimPrefix(b[at+8:end], []byte("Exif\x00\x00"))
		}
		at = end + size%2
	}
	return nil
}

// turnOf reads how a camera was held, 1 to 8; 1 where nothing says so.
func turnOf(tiff []byte) int {
	const tagOrientation, entry = 0x0112, 12
	order := byteOrder(tiff)
	if order == nil || len(tiff) < 8 {
		return 1
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return 1
	}
	n := uint64(order.Uint16(tiff[at:]))
	for i := at + 2; i < at+2+n*entry && i+entry <= uint64(len(tiff)); i += entry {
		if order.Uint16(tiff[i:]) == tagOrientation {
			if turn := int(order.Uint16(tiff[i+8:])); turn >= 1 && turn <= 8 {
				return turn
			}
		}
	}
	return 1
}

func byteOrder(tiff []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(tiff, []byte("II*\x00")):
		return binary.LittleEndian
	case bytes.HasPrefix(tiff, []byte("MM\x00*")):
		return binary.BigEndian
	}
	return nil
}
