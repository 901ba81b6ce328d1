import decodeQR from 'qr/decode.js'

const MOST = 800
const canvas = document.createElement('canvas')
const context = canvas.getContext('2d', { willReadFrequently: true })

/** The text of the QR code in the present picture of a video, or an empty one. */
export function read(video) {
  const scale = Math.min(1, MOST / Math.max(video.videoWidth, video.videoHeight, 1))
  canvas.width = Math.round(video.videoWidth * scale)
  canvas.height = Math.round(video.videoHeight * scale)
  if (!canvas.width || !canvas.height) return ''
  context.drawImage(video, 0, 0, canvas.width, canvas.height)
  try { return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height)) ?? '' } catch { return '' }
}
