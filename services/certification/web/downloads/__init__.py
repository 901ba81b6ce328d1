"""Programs that strangers download from our pages; each stands alone and imports nothing of ours."""
