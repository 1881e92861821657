//! The ciphers of the standard security handler: AES in cipher block chaining
//! (ISO 32000-2, 7.6.3) and RC4.

use aes::Aes128;
use aes::cipher::block_padding::NoPadding;
use aes::cipher::{
    BlockCipherDecrypt, BlockModeDecrypt, BlockModeEncrypt, KeyInit, KeyIvInit,
};

/// Takes the initialization vector from the front and the padding from the
/// end (7.6.3.2).
pub(super) fn without_iv(bytes: &mut Vec<u8>, decrypt: impl FnOnce(&[u8], &mut [u8])) {
    let Some((iv, data)) = bytes.split_at_checked(16) else {
        bytes.clear();
        return;
    };
    let mut data = data.to_vec();
    data.truncate(data.len() / 16 * 16);
    decrypt(iv, &mut data);
    let pad = data.last().map_or(0, |b| usize::from(*b));
    if (1..=16).contains(&pad) && pad <= data.len() {
        data.truncate(data.len() - pad);
    }
    *bytes = data;
}

/// Decrypts whole blocks in cipher block chaining; a key of the wrong length
/// leaves them as they are.
pub(super) fn cbc_decrypt<C>(key: &[u8], iv: &[u8], data: &mut [u8])
where
    C: BlockCipherDecrypt + KeyInit,
    cbc::Decryptor<C>: KeyIvInit + BlockModeDecrypt,
{
    if let Ok(cipher) = cbc::Decryptor::<C>::new_from_slices(key, iv) {
        let _ = cipher.decrypt_padded::<NoPadding>(data);
    }
}

/// Encrypts whole blocks with AES-128.
pub(super) fn cbc_encrypt(key: &[u8], iv: &[u8], data: &mut [u8]) {
    let len = data.len();
    if let Ok(cipher) = cbc::Encryptor::<Aes128>::new_from_slices(key, iv) {
        let _ = cipher.encrypt_padded::<NoPadding>(data, len);
    }
}

/// RC4, which gives back what it took when it is applied twice.
pub(super) fn rc4(key: &[u8], data: &mut [u8]) {
    if key.is_empty() {
        return;
    }
    let mut state: [u8; 256] = std::array::from_fn(|n| n as u8);
    let at = |state: &[u8; 256], n: u8| state.get(usize::from(n)).copied().unwrap_or(0);
    let mut j = 0_u8;
    for (n, byte) in (0..=255_u8).zip(key.iter().cycle()) {
        j = j.wrapping_add(at(&state, n)).wrapping_add(*byte);
        state.swap(usize::from(n), usize::from(j));
    }
    let (mut i, mut j) = (0_u8, 0_u8);
    for byte in data {
        i = i.wrapping_add(1);
        j = j.wrapping_add(at(&state, i));
        state.swap(usize::from(i), usize::from(j));
        *byte ^= at(&state, at(&state, i).wrapping_add(at(&state, j)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rc4_gives_the_known_answers() {
        // RFC 6229, 2: the first bytes of the key stream.
        for (key, stream) in [
            (&[1, 2, 3, 4, 5][..], [0xB2, 0x39, 0x63, 0x05, 0xF0, 0x3D, 0xC0, 0x27]),
            (&[1, 2, 3, 4, 5, 6, 7], [0x29, 0x3F, 0x02, 0xD4, 0x7F, 0x37, 0xC9, 0xB6]),
        ] {
            let mut data = [0; 8];
            rc4(key, &mut data);
            assert_eq!(data, stream);
        }
    }

    #[test]
    fn data_shorter_than_a_vector_is_empty() {
        let mut bytes = b"short".to_vec();
        without_iv(&mut bytes, |_, _| {});
        assert_eq!(bytes, b"");
    }
}
