"""A certificate for one's own network, made by the machine itself and kept with the data."""

from __future__ import annotations

import ipaddress
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

DAYS = 397
"""Browsers refuse a server's certificate that is valid for longer (CA/Browser Forum, ballot SC-31)."""

RENEW_DAYS = 30


def local_certificate(folder: Path, host: str) -> tuple[str, str]:
    """The paths of certificate and key for `host` and this machine's own names; made where missing."""
    certificate, key = folder / f"{host}.crt", folder / f"{host}.key"
    if key.exists() and certificate.exists() and _is_fresh(certificate):
        return str(certificate), str(key)
    folder.mkdir(parents=True, exist_ok=True)
    secret = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Cho Phien {host}")])
    now = datetime.now(UTC)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(secret.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=DAYS))
            .add_extension(x509.SubjectAlternativeName(_names(host)), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .sign(secret, hashes.SHA256()))
    _write_secret(key, secret.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                            serialization.NoEncryption()))
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return str(certificate), str(key)


def _names(host: str) -> list[x509.GeneralName]:
    names: list[x509.GeneralName] = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    try:
        address = x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return [*names, x509.DNSName(host)]
    return names if address in names else [*names, address]


def _is_fresh(certificate: Path) -> bool:
    read = x509.load_pem_x509_certificate(certificate.read_bytes())
    return read.not_valid_after_utc > datetime.now(UTC) + timedelta(days=RENEW_DAYS)


def _write_secret(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
