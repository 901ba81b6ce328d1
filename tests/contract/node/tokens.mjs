// Signed tokens, read with the packages of other implementers. One question on standard input, one answer on standard
// output. {"link", "pin"}: a wallet walks the whole way of OpenID4VCI 1.0, from the link of an offer to a copy that it
// has checked. {"credential"}: a copy is checked with its status list. {"jwt", "did"}: a signed credential is checked with
// the keys of a DID document.
import {createHash, randomBytes} from 'node:crypto';
import {text} from 'node:stream/consumers';
import {clientAuthenticationAnonymous} from '@openid4vc/oauth2';
import {Openid4vciClient, setGlobalConfig} from '@openid4vc/openid4vci';
import {digest, ES256, generateSalt} from '@sd-jwt/crypto-nodejs';
import {SDJwtVcInstance} from '@sd-jwt/sd-jwt-vc';
import * as jose from 'jose';

// The tests' service has no certificate for https.
setGlobalConfig({allowInsecureUrls: true});

const PRE_AUTHORIZED = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';
const CHALLENGE = {aud: 'https://verifier.example', nonce: 'n-1'};

async function fetchCopy({link, pin}, keys) {
  const publicJwk = await jose.exportJWK(keys.publicKey);
  const client = new Openid4vciClient({callbacks: {
    fetch,
    hash: (data, algorithm) => new Uint8Array(createHash(algorithm.replace('-', '')).update(data).digest()),
    generateRandom: length => new Uint8Array(randomBytes(length)),
    clientAuthentication: clientAuthenticationAnonymous(),
    signJwt: async (_, {header, payload}) => ({
      jwt: await new jose.SignJWT(payload).setProtectedHeader(header).sign(keys.privateKey),
      signerJwk: publicJwk
    })
  }});
  const credentialOffer = await client.resolveCredentialOffer(link);
  const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer);
  const txCode = credentialOffer.grants[PRE_AUTHORIZED].tx_code ? pin : undefined;
  const {accessTokenResponse: {access_token: accessToken}} =
    await client.retrievePreAuthorizedCodeAccessTokenFromOffer({credentialOffer, issuerMetadata, txCode});
  const {c_nonce: nonce} = await client.requestNonce({issuerMetadata});
  const [credentialConfigurationId] = credentialOffer.credential_configuration_ids;
  const signer = {method: 'jwk', publicJwk, alg: 'ES256'};
  const {jwt} = await client.createCredentialRequestJwtProof({issuerMetadata, credentialConfigurationId, nonce, signer});
  const {credentialResponse} = await client.retrieveCredentials(
    {issuerMetadata, credentialConfigurationId, accessToken, proofs: {jwt: [jwt]}});
  const notification = {notificationId: credentialResponse.notification_id, event: 'credential_accepted'};
  await client.sendNotification({issuerMetadata, accessToken, notification});
  return credentialResponse.credentials[0].credential;
}

async function readerOf(credential, keys) {
  const [signed] = credential.split('~');
  const {kid} = jose.decodeProtectedHeader(signed);
  const {iss} = jose.decodeJwt(signed);
  const {issuer, jwks} = await (await fetch(new URL('/.well-known/jwt-vc-issuer', iss))).json();
  if(issuer !== iss) {
    throw new Error('these are the keys of somebody else');
  }
  const verifier = await ES256.getVerifier(jwks.keys.find(key => key.kid === kid));
  return new SDJwtVcInstance({
    hasher: digest,
    hashAlg: 'sha-256',
    saltGenerator: generateSalt,
    signAlg: 'ES256',
    verifier,
    statusVerifier: verifier,
    statusListFetcher: async url => (await fetch(url)).text(),
    kbSignAlg: 'ES256',
    kbSigner: keys && await ES256.getSigner(await jose.exportJWK(keys.privateKey)),
    kbVerifier: async (data, signature, {cnf}) => (await ES256.getVerifier(cnf.jwk))(data, signature)
  });
}

async function walk(question) {
  const keys = await jose.generateKeyPair('ES256', {extractable: true});
  const credential = await fetchCopy(question, keys);
  const reader = await readerOf(credential, keys);
  const {payload: claims} = await reader.verify(credential);
  const kb = {payload: {...CHALLENGE, iat: Math.floor(Date.now() / 1000)}};
  const presentation = await reader.present(credential, {name: true}, {kb});
  const {payload: presented} = await reader.verify(presentation, {keyBindingNonce: CHALLENGE.nonce});
  return {credential, claims, presented};
}

async function answer(question) {
  if(question.link) {
    return walk(question);
  }
  if(question.jwt) {
    const {alg, kid} = jose.decodeProtectedHeader(question.jwt);
    const {publicKeyJwk} = question.did.verificationMethod.find(({id}) => id === kid);
    const key = await jose.importJWK(publicKeyJwk, alg);
    const {payload, protectedHeader} = await jose.jwtVerify(question.jwt, key, {typ: 'vc+jwt'});
    return {claims: payload, header: protectedHeader};
  }
  const reader = await readerOf(question.credential);
  return {claims: (await reader.verify(question.credential)).payload};
}

let found;
try {
  found = await answer(JSON.parse(await text(process.stdin)));
} catch(error) {
  found = {error: error.message};
}
process.stdout.write(JSON.stringify(found));
