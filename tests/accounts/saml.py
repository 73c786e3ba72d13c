"""A real SAML identity provider beside the checks: pysaml2, which reads the question and signs the answer."""

import base64
import datetime
import warnings
import zlib
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from saml2 import BINDING_HTTP_REDIRECT
    from saml2.config import IdPConfig
    from saml2.saml import NAMEID_FORMAT_TRANSIENT, NameID
    from saml2.server import Server
    from saml2.sigver import CryptoBackendXMLSecurity

HOST = "stins.ekbacka.example"
IDP = "https://idp.ekbacka.example/saml"
SSO = f"{IDP}/sso"
ACS = "/konto/kommunens/saml/skolfederation/acs/"
ENTITY = f"http://{HOST}/konto/kommunens/saml/skolfederation/metadata/"
EPPN, MAIL = "urn:oid:1.3.6.1.4.1.5923.1.1.1.6", "urn:oid:0.9.2342.19200300.100.1.3"
GIVEN_NAME, SURNAME = "urn:oid:2.5.4.42", "urn:oid:2.5.4.4"


class Signer(CryptoBackendXMLSecurity):
    """Signs with the same library as the product checks with, so that no program has to be installed."""

    def sign_statement(self, statement, node_name, key_file, node_id):
        tree = etree.fromstring(statement.encode() if isinstance(statement, str) else statement)
        xmlsec.tree.add_ids(tree, ["ID"])
        node = next(found for found in tree.iter() if found.get("ID") == node_id)
        signature = next(child for child in node if child.tag.endswith("}Signature"))
        context = xmlsec.SignatureContext()
        context.key = xmlsec.Key.from_file(str(key_file), xmlsec.constants.KeyDataFormatPem)
        context.sign(signature)
        return etree.tostring(tree).decode()


def make_key(folder: Path, name: str):
    """A key and its certificate, made for this run."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    key_file, certificate_file = folder / f"{name}.key", folder / f"{name}.pem"
    plain = serialization.PrivateFormat.TraditionalOpenSSL
    key_file.write_bytes(key.private_bytes(serialization.Encoding.PEM, plain, serialization.NoEncryption()))
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return key_file, certificate_file


def identity_provider(key_file, certificate_file, metadata):
    """The municipality's identity provider, which knows Stins by the metadata that Stins itself gives out."""
    known = {
        "entityid": IDP,
        "key_file": str(key_file),
        "cert_file": str(certificate_file),
        "crypto_backend": "XMLSecurity",
        "metadata": {"inline": [metadata]},
        "service": {"idp": {"endpoints": {"single_sign_on_service": [(SSO, BINDING_HTTP_REDIRECT)]}}},
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        provider = Server(config=IdPConfig().load(known))
    provider.sec.crypto = Signer()
    return provider


def question_in(location):
    """What Stins asks: the id of the question, read from the address that a person is led to."""
    packed = base64.b64decode(parse_qs(urlsplit(location).query)["SAMLRequest"][0])
    return etree.fromstring(zlib.decompress(packed, -15)).get("ID")


def answer(provider, question, identity, *, signed=True, audience=ENTITY, destination=f"http://{HOST}{ACS}"):
    """The provider's answer as it stands in the form that a person's browser posts."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = provider.create_authn_response(
            identity=identity,
            in_response_to=question,
            destination=destination,
            sp_entity_id=audience,
            name_id=NameID(format=NAMEID_FORMAT_TRANSIENT, text="once"),
            authn={"class_ref": "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport", "authn_auth": IDP},
            sign_assertion=signed,
            sign_response=False,
            sign_alg="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
            digest_alg="http://www.w3.org/2001/04/xmlenc#sha256",
        )
    return base64.b64encode(str(made).encode()).decode()
