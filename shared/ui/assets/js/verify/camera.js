const PAUSE_MS = 120
/** Seven groups of four, as they are printed; with or without the address of this website before them. */
const NUMBER = /^[2-9A-Z]{4}(-?[2-9A-Z]{4}){6}$/i

/** The button that opens the camera. What is found is followed only where it is a number or an address of this website. */
export function scan(box) {
  if (!navigator.mediaDevices?.getUserMedia) return
  const [open, stop, video, said] = ['[data-scan]', '[data-stop]', 'video', '[data-said]'].map(name => box.querySelector(name))
  let stream
  box.hidden = false

  const say = sentence => { said.textContent = sentence; said.hidden = !sentence }
  const close = () => {
    for (const track of stream?.getTracks() ?? []) track.stop()
    stream = undefined
    video.srcObject = null
    video.hidden = stop.hidden = true
    open.hidden = false
  }

  open.addEventListener('click', async () => {
    say('')
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false })
    } catch (error) {
      say(error.name === 'NotFoundError' ? box.dataset.missing : box.dataset.denied)
      return
    }
    video.srcObject = stream
    video.hidden = stop.hidden = false
    open.hidden = true
    say(box.dataset.looking)
    await video.play()
    const read = await reader(box.dataset.scanner)
    while (stream) {
      const text = await read(video).catch(() => '')
      if (text) {
        const target = follow(text, box.dataset.target)
        if (target) { close(); location.assign(target); return }
        say(box.dataset.foreign)
      }
      await new Promise(resolve => setTimeout(resolve, PAUSE_MS))
    }
  })
  stop.addEventListener('click', () => { close(); say('') })
  addEventListener('pagehide', close)
}

/** Where a code leads: a page below `base` of this very website, or nowhere. */
export function follow(text, base, origin = location.origin) {
  const typed = text.trim()
  if (NUMBER.test(typed)) return `${base}${encodeURIComponent(typed.toUpperCase())}`
  let address
  try { address = new URL(typed) } catch { return null }
  const number = address.pathname.startsWith(base) ? address.pathname.slice(base.length) : ''
  return address.origin === origin && NUMBER.test(number) ? `${base}${number.toUpperCase()}` : null
}

/** The browser's own reader where it has one for QR codes; else ours, loaded only now. */
async function reader(scanner) {
  const formats = await globalThis.BarcodeDetector?.getSupportedFormats?.().catch(() => []) ?? []
  if (formats.includes('qr_code')) {
    const detector = new BarcodeDetector({ formats: ['qr_code'] })
    return async video => (await detector.detect(video))[0]?.rawValue ?? ''
  }
  const { read } = await import(scanner)
  return async video => read(video)
}
