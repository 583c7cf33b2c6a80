"""The shape of every file people write; the words below each field are what an editor shows."""
