"""The gateway on one machine: Caddy with the very file that deploy/ ships."""

from shared.contracts.services import Service
from shared.devkit.runner.layout import ROOT
from shared.devkit.runner.logs import CADDY_ALARM
from shared.devkit.runner.probes import answers_http
from shared.devkit.runner.process import ProcessSpec
from shared.devkit.runner.surroundings import Surroundings, program

_FOLDER = ROOT / "deploy" / "gateway"


def mailbox(surroundings: Surroundings) -> ProcessSpec:
    """Catches every mail that the platform sends, and shows it."""
    ports, layout = surroundings.ports, surroundings.layout
    return ProcessSpec(
        name="mailbox",
        command=(program("python"), "-m", "shared.devkit.mailbox"),
        environment=surroundings.environment(
            MAILBOX_FOLDER=str(layout.mailbox),
            MAILBOX_SMTP_PORT=str(ports["smtp"]),
            MAILBOX_WEB_PORT=str(ports["mailbox"]),
            MAILBOX_TOTP_FILE=str(layout.demo / "totp.json"),
        ),
        is_ready=answers_http(ports["mailbox"], "/mailbox/alive"),
        port=ports["mailbox"],
    )


def gateway(surroundings: Surroundings) -> ProcessSpec:
    """One origin for everything. `/gateway-alive` is answered by the gateway itself."""
    ports = surroundings.ports
    upstreams = {f"{service.upper()}_UPSTREAM": f"127.0.0.1:{ports[service]}" for service in Service}
    return ProcessSpec(
        name="gateway",
        command=(program("caddy"), "run", "--adapter", "caddyfile", "--config", str(_FOLDER / "Caddyfile")),
        environment=surroundings.environment(
            **upstreams,
            GATEWAY_ADDRESS=surroundings.base_url,
            GATEWAY_ALIAS=f"http://memo.localhost:{surroundings.gateway_port}",
            GATEWAY_ALSO=f"http://localhost:{surroundings.gateway_port}",
            GATEWAY_BIND="127.0.0.1",
            GATEWAY_PAGES=str(_FOLDER / "pages"),
            STATIC_FOLDER=str(ROOT / "shared" / "ui" / "static"),
            PUBLIC_FOLDER=str(surroundings.layout.public),
            S3_UPSTREAM=f"127.0.0.1:{ports['s3']}",
            MAILBOX_UPSTREAM=f"127.0.0.1:{ports['mailbox']}",
            XDG_CONFIG_HOME=str(surroundings.layout.home),
            XDG_DATA_HOME=str(surroundings.layout.home),
            GOGC="25",
        ),
        is_ready=answers_http(surroundings.gateway_port, "/gateway-alive"),
        alarm=CADDY_ALARM,
        port=surroundings.gateway_port,
    )
